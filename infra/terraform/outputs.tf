output "url" {
  description = "Where callers reach the system."
  value       = local.public_url
}

output "process_pdf_key" {
  description = "The x-api-key of callers of /process-pdf/; null where none is asked for."
  value       = one(google_apikeys_key.process_pdf[*].key_string)
  sensitive   = true
}

output "bucket" {
  description = "Where files lie; a PDF that is copied to docs/USER/ becomes an invoice."
  value       = google_storage_bucket.invoices.name
}

output "bundles" {
  description = "The object that each function was built from."
  value       = { for name, function in module.function : name => function.bundle }
}

output "config" {
  description = "The gateway's config in force."
  value       = module.gateway.config
}

output "key_config" {
  description = "The config in force of the public keys' gateway."
  value       = module.key_gateway.config
}
