# The composite indexes that the queries of common/records need, and no others; tests/unit/infra
# derives the same list from the code. Fields ascend, but those that begin with a minus.
locals {
  indexes = {
    budget_reservations = [["key_id", "expires"]]
    invoices = [
      ["auth_id", "shown", "id"],
      ["auth_id", "identity", "shown", "id"],
      ["auth_id", "identity_by_name", "shown", "id"],
      ["auth_id", "sha256", "shown", "id"],
    ]
    webhook_logs = [["shard", "-timestamp"]]
  }

  # Fields that no query asks for alone. Two kinds would do harm: large values, which make index
  # entries for nothing, and those that only grow, whose index takes 500 writes a second at the most.
  unindexed = {
    history             = ["body", "correction", "modified", "summary"]
    idempotency_keys    = ["answer"]
    invoice_data        = ["body", "correction", "id", "modified", "summary"]
    invoice_direct_data = ["created", "id", "result.body", "result.correction", "result.id", "result.modified", "result.summary"]
    invoice_time        = ["id", "time"]
    invoices            = ["created", "id", "processing.since", "processing.stage"]
    leases              = ["until"]
    usage_days          = ["day", "models"]
    users               = ["created"]
    webhook_logs        = ["entry", "timestamp"]
  }

  # Records that Firestore deletes after this time. object_names and budget_reservations have an
  # `expires` too, and must stay: what it says is carried out by the code.
  expiring = {
    idempotency_keys = "expires"
    usage_days       = "expires"
    webhook_logs     = "expires"
  }
}

resource "google_firestore_index" "composite" {
  for_each = merge([
    for collection, indexes in local.indexes : { for fields in indexes : "${collection}/${join(",", fields)}" => { collection = collection, fields = fields } }
  ]...)

  database   = google_firestore_database.records.name
  collection = each.value.collection

  dynamic "fields" {
    for_each = each.value.fields
    content {
      field_path = trimprefix(fields.value, "-")
      order      = startswith(fields.value, "-") ? "DESCENDING" : "ASCENDING"
    }
  }
}

resource "google_firestore_field" "unindexed" {
  for_each = merge([
    for collection, fields in local.unindexed : { for field in fields : "${collection}/${field}" => { collection = collection, field = field } }
  ]...)

  database   = google_firestore_database.records.name
  collection = each.value.collection
  field      = each.value.field

  # Empty: no index of this field alone.
  index_config {}
}

resource "google_firestore_field" "expiring" {
  for_each = local.expiring

  database   = google_firestore_database.records.name
  collection = each.key
  field      = each.value

  ttl_config {}
  # A time that only grows, and that nobody asks for.
  index_config {}
}
