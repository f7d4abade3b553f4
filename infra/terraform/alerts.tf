# What each alert means and what to do stands in docs/operations.md, under the alert's own name.

resource "google_monitoring_notification_channel" "email" {
  display_name = "Who runs ${var.name}"
  type         = "email"
  labels       = { email_address = var.alert_email }

  depends_on = [google_project_service.used]
}

locals {
  run = "resource.type = \"cloud_run_revision\""

  alerts = merge(
    # extract_queue says 5xx on purpose, when it wants a message again: its alert is the queue's age.
    { for name, service in local.service_names : "errors-${name}" => {
      title      = "Error rate"
      name       = name
      filter     = "${local.run} AND metric.type = \"run.googleapis.com/request_count\" AND resource.labels.service_name = \"${service}\" AND metric.labels.response_code_class = \"5xx\""
      divided_by = "${local.run} AND metric.type = \"run.googleapis.com/request_count\" AND resource.labels.service_name = \"${service}\""
      aligner    = "ALIGN_RATE"
      reducer    = "REDUCE_SUM"
      above      = 0.05
      seconds    = 300
      severity   = "ERROR"
    } if name != "extract_queue" },
    { for name, service in local.service_names : "slow-${name}" => {
      title      = "Slow answers"
      name       = name
      filter     = "${local.run} AND metric.type = \"run.googleapis.com/request_latencies\" AND resource.labels.service_name = \"${service}\""
      divided_by = ""
      aligner    = "ALIGN_PERCENTILE_95"
      reducer    = "REDUCE_MAX"
      above      = local.functions[name].slow_seconds * 1000
      seconds    = 600
      severity   = "WARNING"
    } },
    {
      dead-letters = {
        title      = "Dead letters"
        name       = ""
        filter     = "resource.type = \"pubsub_subscription\" AND metric.type = \"pubsub.googleapis.com/subscription/num_undelivered_messages\" AND resource.labels.subscription_id = \"${google_pubsub_subscription.dead.name}\""
        divided_by = ""
        aligner    = "ALIGN_MAX"
        reducer    = "REDUCE_MAX"
        above      = 0
        seconds    = 0
        severity   = "ERROR"
      }
      oldest-message = {
        title      = "Oldest message"
        name       = ""
        filter     = "resource.type = \"pubsub_subscription\" AND metric.type = \"pubsub.googleapis.com/subscription/oldest_unacked_message_age\" AND resource.labels.subscription_id = \"${google_pubsub_subscription.extract.name}\""
        divided_by = ""
        aligner    = "ALIGN_MAX"
        reducer    = "REDUCE_MAX"
        above      = 900
        seconds    = 300
        severity   = "WARNING"
      }
    },
  )
}

resource "google_monitoring_alert_policy" "threshold" {
  for_each = local.alerts

  display_name          = each.value.name == "" ? each.value.title : "${each.value.title}: ${each.value.name}"
  combiner              = "OR"
  severity              = each.value.severity
  notification_channels = [google_monitoring_notification_channel.email.id]

  conditions {
    display_name = each.key

    condition_threshold {
      filter             = each.value.filter
      denominator_filter = each.value.divided_by == "" ? null : each.value.divided_by
      comparison         = "COMPARISON_GT"
      threshold_value    = each.value.above
      duration           = "${each.value.seconds}s"

      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = each.value.aligner
        cross_series_reducer = each.value.reducer
      }

      dynamic "denominator_aggregations" {
        for_each = each.value.divided_by == "" ? [] : [each.value]
        content {
          alignment_period     = "300s"
          per_series_aligner   = denominator_aggregations.value.aligner
          cross_series_reducer = denominator_aggregations.value.reducer
        }
      }
    }
  }

  documentation {
    subject = "${var.name}: ${each.value.title}"
    content = "See \"${each.value.title}\" in docs/operations.md."
  }
}

resource "google_monitoring_alert_policy" "spend" {
  display_name          = "Spend"
  combiner              = "OR"
  severity              = "WARNING"
  notification_channels = [google_monitoring_notification_channel.email.id]

  conditions {
    display_name = "model calls of 24 hours"

    condition_prometheus_query_language {
      # A log-based metric's sum, under the name that PromQL has for it in Cloud Monitoring.
      query               = "sum(increase(logging_googleapis_com:user_${google_logging_metric.this["cost_inr"].name}_sum{monitored_resource=\"cloud_run_revision\"}[24h])) > ${var.daily_model_inr}"
      duration            = "0s"
      evaluation_interval = "300s"
    }
  }

  documentation {
    subject = "${var.name}: Spend"
    content = "See \"Spend\" in docs/operations.md."
  }
}

resource "google_billing_budget" "month" {
  count = var.billing_account == null ? 0 : 1

  billing_account = var.billing_account
  display_name    = "${var.name} in ${var.project}"

  budget_filter {
    projects = ["projects/${data.google_project.this.number}"]
  }

  amount {
    specified_amount {
      units = tostring(var.monthly_budget)
    }
  }

  threshold_rules {
    threshold_percent = 0.5
  }
  threshold_rules {
    threshold_percent = 0.9
  }
  threshold_rules {
    threshold_percent = 1.0
    spend_basis       = "FORECASTED_SPEND"
  }

  all_updates_rule {
    monitoring_notification_channels = [google_monitoring_notification_channel.email.id]
  }

  depends_on = [google_project_service.used]
}
