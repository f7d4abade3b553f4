# bucket → topic → push → extract_queue; what fails ten times → dead letters, kept and told.

resource "google_pubsub_topic" "files" {
  #checkov:skip=CKV_GCP_83:Messages hold an object's name and size, no invoice; Google's own keys encrypt them.
  name       = "invoice-files"
  depends_on = [google_project_service.used]
}

resource "google_pubsub_topic" "dead" {
  #checkov:skip=CKV_GCP_83:As on its live topic, messages hold no invoice.
  name       = "invoice-files-dead"
  depends_on = [google_project_service.used]
}

resource "google_storage_notification" "files" {
  bucket             = google_storage_bucket.invoices.name
  topic              = google_pubsub_topic.files.id
  payload_format     = "JSON_API_V1"
  event_types        = ["OBJECT_FINALIZE"]
  object_name_prefix = "docs/"

  depends_on = [google_pubsub_topic_iam_member.bucket]
}

resource "google_pubsub_topic_iam_member" "bucket" {
  topic  = google_pubsub_topic.files.name
  role   = "roles/pubsub.publisher"
  member = local.storage_agent
}

resource "google_service_account" "push" {
  account_id   = "${var.name}-push"
  display_name = "Calls the function that reads what the queue brings"
}

resource "google_service_account_iam_member" "push" {
  service_account_id = "projects/${var.project}/serviceAccounts/${local.emails.push}"
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = local.pubsub_agent
}

resource "google_pubsub_subscription" "extract" {
  name  = "invoice-files-extract"
  topic = google_pubsub_topic.files.id
  # The longest that there is: it is the time limit of a push, too.
  ack_deadline_seconds       = 600
  message_retention_duration = "604800s"

  push_config {
    push_endpoint = module.function["extract_queue"].url

    oidc_token {
      service_account_email = local.emails.push
      audience              = module.function["extract_queue"].url
    }
  }

  retry_policy {
    minimum_backoff = "10s"
    maximum_backoff = "600s"
  }

  dead_letter_policy {
    dead_letter_topic     = google_pubsub_topic.dead.id
    max_delivery_attempts = 10
  }

  expiration_policy {
    ttl = ""
  }
}

resource "google_pubsub_subscription" "dead" {
  name                 = "invoice-files-dead-keep"
  topic                = google_pubsub_topic.dead.id
  ack_deadline_seconds = 60
  # The longest that there is.
  message_retention_duration = "2678400s"

  expiration_policy {
    ttl = ""
  }
}

# A message that Pub/Sub gave up has told nobody: its invoice is to say so, too.
resource "google_pubsub_subscription" "given_up" {
  name                       = "invoice-files-dead-tell"
  topic                      = google_pubsub_topic.dead.id
  ack_deadline_seconds       = 600
  message_retention_duration = "2678400s"

  push_config {
    push_endpoint = "${module.function["extract_queue"].url}/given-up/"

    oidc_token {
      service_account_email = local.emails.push
      audience              = module.function["extract_queue"].url
    }
  }

  retry_policy {
    minimum_backoff = "10s"
    maximum_backoff = "600s"
  }

  expiration_policy {
    ttl = ""
  }
}

# Pub/Sub itself moves a dead letter: it takes it from the one and writes it to the other.
resource "google_pubsub_subscription_iam_member" "dead_letters_taken" {
  subscription = google_pubsub_subscription.extract.name
  role         = "roles/pubsub.subscriber"
  member       = local.pubsub_agent
}

resource "google_pubsub_topic_iam_member" "dead_letters_written" {
  topic  = google_pubsub_topic.dead.name
  role   = "roles/pubsub.publisher"
  member = local.pubsub_agent
}
