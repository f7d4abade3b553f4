# Counted from the functions' own log lines (common/logs.py). infra/checks looks up each message and
# each field in the code.
locals {
  metrics = {
    extractions = { message = "invoice read", labels = [], value = null, unit = "1" }
    failures    = { message = "invoice not read", labels = [], value = null, unit = "1" }
    # A call of a model, with what it took; every way to a model passes there.
    model_calls   = { message = "model call", labels = ["outcome", "model"], value = null, unit = "1" }
    model_seconds = { message = "model call", labels = ["model"], value = "seconds", unit = "s" }
    input_tokens  = { message = "model call", labels = ["model"], value = "input_tokens", unit = "1" }
    output_tokens = { message = "model call", labels = ["model"], value = "output_tokens", unit = "1" }
    cost_inr      = { message = "model call", labels = ["model"], value = "price_inr", unit = "1" }
    dead_letters  = { message = "dead letter", labels = [], value = null, unit = "1" }
    faults        = { message = "internal error", labels = [], value = null, unit = "1" }
  }

  metric_prefix = replace(var.name, "-", "_")
}

resource "google_logging_metric" "this" {
  for_each = local.metrics

  name        = "${local.metric_prefix}_${each.key}"
  description = "Log lines \"${each.value.message}\" of the functions"
  filter      = "resource.type=\"cloud_run_revision\" AND resource.labels.service_name:\"${var.name}-\" AND jsonPayload.message=\"${each.value.message}\""

  value_extractor  = each.value.value == null ? null : "EXTRACT(jsonPayload.${each.value.value})"
  label_extractors = { for label in each.value.labels : label => "EXTRACT(jsonPayload.${label})" }

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = each.value.value == null ? "INT64" : "DISTRIBUTION"
    unit        = each.value.unit

    dynamic "labels" {
      for_each = each.value.labels
      content {
        key        = labels.value
        value_type = "STRING"
      }
    }
  }

  dynamic "bucket_options" {
    for_each = each.value.value == null ? [] : [each.value.value]
    content {
      exponential_buckets {
        num_finite_buckets = 64
        growth_factor      = 1.6
        scale              = 0.001
      }
    }
  }

  depends_on = [google_project_service.used]
}
