terraform {
  required_providers {
    google = {
      source = "hashicorp/google"
    }
  }
}

locals {
  email  = "${google_service_account.this.account_id}@${var.project}.iam.gserviceaccount.com"
  member = "serviceAccount:${local.email}"
}

resource "google_service_account" "this" {
  account_id   = var.name
  display_name = "Runs the function ${var.name}"
}

resource "google_secret_manager_secret_iam_member" "reads" {
  for_each = var.secrets

  secret_id = each.value.secret
  role      = "roles/secretmanager.secretAccessor"
  member    = local.member
}

# The object's name holds the hash of its bytes: the function is built again when they change, and
# not when a zip of the same bytes is made anew.
resource "google_storage_bucket_object" "bundle" {
  name   = "bundles/${var.name}-${filesha256(var.bundle)}.zip"
  bucket = var.build.bucket
  source = var.bundle

  lifecycle {
    create_before_destroy = true
  }
}

resource "google_cloudfunctions2_function" "this" {
  name     = var.name
  location = var.region

  build_config {
    # The version that the tests run on first.
    runtime           = "python311"
    entry_point       = var.entry_point
    service_account   = var.build.account
    docker_repository = var.build.repository

    source {
      storage_source {
        bucket = google_storage_bucket_object.bundle.bucket
        object = google_storage_bucket_object.bundle.name
      }
    }

    automatic_update_policy {}
  }

  service_config {
    service_account_email            = local.email
    available_memory                 = var.size.memory
    available_cpu                    = var.size.cpu
    timeout_seconds                  = var.size.timeout
    max_instance_request_concurrency = var.size.concurrency
    min_instance_count               = var.min_instances
    max_instance_count               = var.size.max
    ingress_settings                 = var.inside_only ? "ALLOW_INTERNAL_ONLY" : "ALLOW_ALL"
    all_traffic_on_latest_revision   = true
    environment_variables            = merge(var.environment, { THREADS = tostring(var.size.concurrency) })

    dynamic "secret_environment_variables" {
      for_each = var.secrets
      content {
        key        = secret_environment_variables.key
        project_id = var.project
        secret     = secret_environment_variables.value.secret
        version    = secret_environment_variables.value.version
      }
    }
  }

  # It does not start while its account can't read its secrets.
  depends_on = [google_secret_manager_secret_iam_member.reads]
}

# A binding, not a member: whoever else was let in by hand is put out again.
resource "google_cloud_run_v2_service_iam_binding" "callers" {
  name     = google_cloudfunctions2_function.this.name
  location = var.region
  role     = "roles/run.invoker"
  members  = var.callers
}
