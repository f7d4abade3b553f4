resource "google_project_service" "used" {
  for_each = toset([
    "aiplatform", "apigateway", "apikeys", "artifactregistry", "billingbudgets", "cloudbuild",
    "cloudfunctions", "cloudresourcemanager", "firestore", "iam", "iamcredentials", "logging",
    "monitoring", "pubsub", "run", "secretmanager", "servicecontrol", "servicemanagement", "storage",
  ])

  service            = "${each.key}.googleapis.com"
  disable_on_destroy = false
}

data "google_project" "this" {
  project_id = var.project
}

locals {
  # An account's address follows from its id: known in a plan, before the account is there.
  emails = {
    for name, account in { build = google_service_account.build, gateway = google_service_account.gateway, push = google_service_account.push } :
    name => "${account.account_id}@${var.project}.iam.gserviceaccount.com"
  }

  # Service agents: Google's own accounts, which exist once their service is used.
  pubsub_agent  = "serviceAccount:${google_project_service_identity.pubsub.email}"
  storage_agent = "serviceAccount:${data.google_storage_project_service_account.this.email_address}"
}

resource "google_project_service_identity" "pubsub" {
  provider = google-beta
  project  = var.project
  service  = "pubsub.googleapis.com"

  depends_on = [google_project_service.used]
}

data "google_storage_project_service_account" "this" {
  depends_on = [google_project_service.used]
}
