mock_provider "google" {
  source = "./tests/mocks"
}

mock_provider "google-beta" {
  source = "./tests/mocks"
}

variables {
  project         = "a-project"
  alert_email     = "someone@example.com"
  billing_account = "000000-000000-000000"
  build_folder    = "tests/bundles/before"
}

run "apply" {
  assert {
    condition     = alltrue([for name, function in module.function : function.callers == toset(["serviceAccount:${name == "extract_queue" ? "invoices-push" : "invoices-gateway"}@a-project.iam.gserviceaccount.com"])])
    error_message = "The gateway calls the functions, the push subscription calls extract_queue, and nobody else calls any."
  }

  assert {
    condition = alltrue([
      for member in concat(
        flatten([for function in module.function : tolist(function.callers)]),
        [for grant in google_project_iam_member.records : grant.member],
        [for grant in google_project_iam_member.models : grant.member],
        [google_project_iam_member.build_logs.member, google_project_iam_member.build_sources.member],
        [for grant in google_storage_bucket_iam_member.files : grant.member],
        [for grant in google_pubsub_topic_iam_member.publishes : grant.member],
      ) : !contains(["allUsers", "allAuthenticatedUsers"], member)
    ])
    error_message = "Nothing is granted to everybody."
  }

  assert {
    condition     = toset(concat([for grant in google_project_iam_member.records : grant.role], [for grant in google_project_iam_member.models : grant.role])) == toset(["roles/datastore.user", "roles/aiplatform.user"])
    error_message = "A function's account has no other role on the project."
  }

  assert {
    condition     = alltrue([for grant in google_project_iam_member.records : grant.condition[0].expression == "resource.name == \"projects/a-project/databases/(default)\""])
    error_message = "Records are those of this system's database."
  }

  assert {
    condition     = { for name, grant in google_storage_bucket_iam_member.files : name => grant.role } == { for name, row in local.functions : name => { write = "roles/storage.objectUser", read = "roles/storage.objectViewer" }[row.files] if row.files != "none" } && local.functions.auth.files == "none"
    error_message = "Who writes files may, who reads them may read, and auth has nothing to do with them."
  }

  assert {
    condition     = { for name, grant in google_pubsub_topic_iam_member.publishes : name => grant.topic } == { "invoices/EXTRACTION_TOPIC" = "invoice-files", "extract_queue/DEAD_LETTER_TOPIC" = "invoice-files-dead" }
    error_message = "Refetching publishes to the queue, and a message given up goes to the dead letters."
  }

  assert {
    condition     = toset(keys(google_service_account_iam_member.signs)) == toset(["check_ui", "extract", "invoices", "upload"]) && alltrue([for name, grant in google_service_account_iam_member.signs : grant.service_account_id == module.function[name].account_name && grant.member == module.function[name].account])
    error_message = "An account signs links as itself and as nobody else."
  }
}

run "buckets_are_closed" {
  assert {
    condition     = alltrue([for bucket in [google_storage_bucket.invoices, google_storage_bucket.bundles] : bucket.public_access_prevention == "enforced" && bucket.uniform_bucket_level_access])
    error_message = "No object can be made public."
  }
}
