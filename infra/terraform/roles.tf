# What each function's account may do, out of its row of the table. Nothing here is given to all.

resource "google_project_iam_member" "records" {
  for_each = local.functions

  project = var.project
  role    = "roles/datastore.user"
  member  = module.function[each.key].account

  condition {
    title      = "this system's database"
    expression = "resource.name == \"projects/${var.project}/databases/${google_firestore_database.records.name}\""
  }
}

resource "google_storage_bucket_iam_member" "files" {
  for_each = { for name, row in local.functions : name => row if row.files != "none" }

  bucket = google_storage_bucket.invoices.name
  # Both may list: without it an object that is not there is answered as forbidden.
  role   = each.value.files == "write" ? "roles/storage.objectUser" : "roles/storage.objectViewer"
  member = module.function[each.key].account
}

resource "google_pubsub_topic_iam_member" "publishes" {
  for_each = merge([
    for name, row in local.functions : { for topic in row.publishes : "${name}/${topic}" => { function = name, topic = topic } }
  ]...)

  topic  = local.settings[each.value.topic]
  role   = "roles/pubsub.publisher"
  member = module.function[each.value.function].account
}

resource "google_project_iam_member" "models" {
  for_each = { for name, row in local.functions : name => row if row.models }

  project = var.project
  role    = "roles/aiplatform.user"
  member  = module.function[each.key].account
}

# A link to an object is signed by the account itself, through the IAM service: it holds no key.
resource "google_service_account_iam_member" "signs" {
  for_each = { for name, row in local.functions : name => row if row.signs }

  service_account_id = module.function[each.key].account_name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = module.function[each.key].account
}
