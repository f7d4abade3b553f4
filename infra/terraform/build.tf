# What turns a bundle into an image: a bucket, an account and a repository of their own.

resource "google_storage_bucket" "bundles" {
  #checkov:skip=CKV_GCP_62:It holds this project's public code; who changed it stands in the admin activity log.
  #checkov:skip=CKV_GCP_78:Every name holds the hash of its bytes, so that no object is ever overwritten.
  name                        = "${var.project}-${var.name}-bundles"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = true
}

resource "google_service_account" "build" {
  account_id   = "${var.name}-build"
  display_name = "Builds the functions' images"
}

# Google Cloud, "Custom service account for Cloud Build": these three roles, each on no more than it must.

resource "google_project_iam_member" "build_logs" {
  project = var.project
  role    = "roles/logging.logWriter"
  member  = "serviceAccount:${local.emails.build}"
}

resource "google_artifact_registry_repository_iam_member" "build_images" {
  location   = google_artifact_registry_repository.images.location
  repository = google_artifact_registry_repository.images.name
  role       = "roles/artifactregistry.writer"
  member     = "serviceAccount:${local.emails.build}"
}

# Cloud Functions copies each bundle into a bucket that it makes itself.
resource "google_project_iam_member" "build_sources" {
  project = var.project
  role    = "roles/storage.objectViewer"
  member  = "serviceAccount:${local.emails.build}"

  condition {
    title      = "sources of functions"
    expression = "resource.name.startsWith(\"projects/_/buckets/gcf-v2-sources-${data.google_project.this.number}\")"
  }
}

resource "google_storage_bucket_iam_member" "build_bundles" {
  bucket = google_storage_bucket.bundles.name
  role   = "roles/storage.objectViewer"
  member = "serviceAccount:${local.emails.build}"
}

resource "google_artifact_registry_repository" "images" {
  #checkov:skip=CKV_GCP_84:Images hold public code and no data; Google's own keys do.
  repository_id = var.name
  location      = var.region
  format        = "DOCKER"
  description   = "Images of the functions"

  # Each deployment leaves its image: three are enough to go back.
  cleanup_policies {
    id     = "keep-the-newest"
    action = "KEEP"
    most_recent_versions {
      keep_count = 3
    }
  }
  cleanup_policies {
    id     = "delete-the-old"
    action = "DELETE"
    condition {
      older_than = "2592000s"
    }
  }

  depends_on = [google_project_service.used]
}

locals {
  build = {
    bucket     = google_storage_bucket.bundles.name
    account    = "projects/${var.project}/serviceAccounts/${local.emails.build}"
    repository = google_artifact_registry_repository.images.id
  }
}
