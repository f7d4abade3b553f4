# What must not be lost, and what must not be kept.

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

run "protected" {
  assert {
    condition     = google_firestore_database.records.delete_protection_state == "DELETE_PROTECTION_ENABLED" && google_firestore_database.records.deletion_policy == "ABANDON"
    error_message = "The database is deleted neither by Terraform nor by hand."
  }

  assert {
    condition     = google_firestore_database.records.point_in_time_recovery_enablement == "POINT_IN_TIME_RECOVERY_ENABLED"
    error_message = "Records can be read as they were at any minute of the last seven days."
  }

  assert {
    condition     = google_firestore_backup_schedule.daily.retention == "604800s" && google_firestore_backup_schedule.weekly.retention == "8467200s"
    error_message = "Backups are made each day for a week, and each Sunday for fourteen."
  }

  assert {
    condition     = !google_storage_bucket.invoices.force_destroy && google_storage_bucket.invoices.soft_delete_policy[0].retention_duration_seconds == 604800
    error_message = "A bucket with files is not deleted, and a deleted file comes back for a week."
  }

  assert {
    condition     = alltrue([for secret in google_secret_manager_secret.this : secret.deletion_protection])
    error_message = "Keys are not deleted by accident."
  }

  assert {
    condition     = google_pubsub_subscription.dead.message_retention_duration == "2678400s" && google_pubsub_subscription.dead.expiration_policy[0].ttl == ""
    error_message = "Dead letters are kept for 31 days, by a subscription that never expires."
  }

  assert {
    condition     = [for rule in google_storage_bucket.invoices.lifecycle_rule : tolist(rule.condition)[0].age if contains(coalesce(tolist(rule.condition)[0].matches_prefix, []), "direct_pdf/")] == [365]
    error_message = "PDFs of /invoice/extract-data/ are deleted after a year."
  }

  assert {
    condition     = { for name, field in google_firestore_field.expiring : name => field.field } == { idempotency_keys = "expires", usage_days = "expires", webhook_logs = "expires" } && alltrue([for field in google_firestore_field.expiring : length(field.ttl_config) == 1])
    error_message = "Webhook logs, idempotency keys and sums of usage are deleted when their time is over."
  }
}

run "protection_can_be_lifted_for_tear_down" {
  variables {
    deletion_protection = false
  }

  assert {
    condition     = google_firestore_database.records.delete_protection_state == "DELETE_PROTECTION_DISABLED" && google_firestore_database.records.deletion_policy == "DELETE" && google_storage_bucket.invoices.force_destroy
    error_message = "Without protection everything goes."
  }
}

run "the_queue" {
  assert {
    condition     = google_storage_notification.files.object_name_prefix == "docs/" && google_storage_notification.files.event_types == toset(["OBJECT_FINALIZE"]) && google_storage_notification.files.payload_format == "JSON_API_V1"
    error_message = "New objects under docs/ are announced, with what the bucket says of them."
  }

  assert {
    condition     = google_pubsub_subscription.extract.retry_policy[0].minimum_backoff == "10s" && google_pubsub_subscription.extract.retry_policy[0].maximum_backoff == "600s" && google_pubsub_subscription.extract.dead_letter_policy[0].max_delivery_attempts == 10
    error_message = "A message is tried ten times, from ten seconds to ten minutes apart."
  }

  assert {
    condition     = google_pubsub_subscription.extract.push_config[0].oidc_token[0].service_account_email == "invoices-push@a-project.iam.gserviceaccount.com"
    error_message = "The push says who it is."
  }

  assert {
    condition     = google_pubsub_subscription.given_up.topic == google_pubsub_topic.dead.id && endswith(google_pubsub_subscription.given_up.push_config[0].push_endpoint, "/given-up/") && google_pubsub_subscription.given_up.push_config[0].oidc_token[0].service_account_email == "invoices-push@a-project.iam.gserviceaccount.com" && length(google_pubsub_subscription.given_up.dead_letter_policy) == 0
    error_message = "What was given up is told to the queue's function, until it has heard it."
  }

  assert {
    condition     = local.functions.extract_queue.timeout <= google_pubsub_subscription.extract.ack_deadline_seconds
    error_message = "The function ends before its message is delivered again."
  }
}

run "a_key_of_ones_own" {
  variables {
    kms_key = "projects/a-project/locations/us-central1/keyRings/ring/cryptoKeys/key"
  }

  assert {
    condition     = google_storage_bucket.invoices.encryption[0].default_kms_key_name == var.kms_key && google_kms_crypto_key_iam_member.storage[0].crypto_key_id == var.kms_key
    error_message = "Objects are encrypted with the key, and Cloud Storage may use it."
  }
}
