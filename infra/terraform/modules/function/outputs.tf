output "name" {
  description = "Of the function and its service."
  value       = google_cloudfunctions2_function.this.name
}

output "account" {
  description = "Its account, as a member of IAM policies."
  value       = local.member
}

output "account_name" {
  description = "Its account's resource name."
  value       = "projects/${var.project}/serviceAccounts/${local.email}"
}

output "url" {
  description = "Its own address, which only its callers can use."
  value       = google_cloudfunctions2_function.this.service_config[0].uri
}

output "bundle" {
  description = "The object that it was built from."
  value       = google_storage_bucket_object.bundle.name
}

output "callers" {
  description = "Who may call it."
  value       = google_cloud_run_v2_service_iam_binding.callers.members
}

output "service" {
  description = "Its settings as they are deployed."
  value       = google_cloudfunctions2_function.this.service_config[0]
}
