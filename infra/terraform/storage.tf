resource "google_storage_bucket" "invoices" {
  #checkov:skip=CKV_GCP_62:Reads and writes stand in the functions' own log lines; usage logs would name every file once more.
  #checkov:skip=CKV_GCP_78:Soft delete brings back what was deleted or overwritten; versions would also keep what a user had deleted.
  name                        = "${var.project}-${var.name}"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = !var.deletion_protection

  soft_delete_policy {
    retention_duration_seconds = var.soft_delete_days * 86400
  }

  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      age            = var.direct_pdf_days
      matches_prefix = ["direct_pdf/"]
    }
  }
  # Bodies of webhooks, as long as the records that name them are kept.
  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      age            = 366
      matches_prefix = ["webhooks/"]
    }
  }
  lifecycle_rule {
    action {
      type = "AbortIncompleteMultipartUpload"
    }
    condition {
      age = 7
    }
  }

  # A signed link to a large file is followed by a page of the gateway's address.
  cors {
    origin          = split(",", lookup(var.settings, "CORS_ORIGINS", "*"))
    method          = ["GET", "HEAD", "PUT"]
    response_header = ["Content-Type", "Content-Length", "Content-Range", "Accept-Ranges", "ETag", "x-goog-content-length-range"]
    max_age_seconds = 3600
  }

  dynamic "encryption" {
    for_each = var.kms_key == null ? [] : [var.kms_key]
    content {
      default_kms_key_name = encryption.value
    }
  }

  depends_on = [google_project_service.used, google_kms_crypto_key_iam_member.storage]
}

resource "google_kms_crypto_key_iam_member" "storage" {
  count = var.kms_key == null ? 0 : 1

  crypto_key_id = var.kms_key
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = local.storage_agent
}
