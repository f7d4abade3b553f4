locals {
  user_metric = "metric.type = \"logging.googleapis.com/user/${local.metric_prefix}_"
  services    = "${local.run} AND resource.labels.service_name = starts_with(\"${var.name}-\")"
  queue       = "resource.type = \"pubsub_subscription\" AND resource.labels.subscription_id = starts_with(\"invoice-files\")"

  charts = [
    { title = "Invoices read", filter = "${local.run} AND ${local.user_metric}extractions\"", aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = [] },
    { title = "Invoices not read", filter = "${local.run} AND ${local.user_metric}failures\"", aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = [] },
    { title = "Model calls by outcome", filter = "${local.run} AND ${local.user_metric}model_calls\"", aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = ["metric.labels.outcome"] },
    { title = "Seconds of a model call, p95", filter = "${local.run} AND ${local.user_metric}model_seconds\"", aligner = "ALIGN_DELTA", reducer = "REDUCE_PERCENTILE_95", by = ["metric.labels.model"] },
    { title = "Input tokens of a call, mean", filter = "${local.run} AND ${local.user_metric}input_tokens\"", aligner = "ALIGN_DELTA", reducer = "REDUCE_MEAN", by = ["metric.labels.model"] },
    { title = "Output tokens of a call, mean", filter = "${local.run} AND ${local.user_metric}output_tokens\"", aligner = "ALIGN_DELTA", reducer = "REDUCE_MEAN", by = ["metric.labels.model"] },
    { title = "Cost of a call in INR, mean", filter = "${local.run} AND ${local.user_metric}cost_inr\"", aligner = "ALIGN_DELTA", reducer = "REDUCE_MEAN", by = ["metric.labels.model"] },
    { title = "Requests by class of answer", filter = "${local.services} AND metric.type = \"run.googleapis.com/request_count\"", aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = ["metric.labels.response_code_class"] },
    { title = "Latency p95 by function", filter = "${local.services} AND metric.type = \"run.googleapis.com/request_latencies\"", aligner = "ALIGN_PERCENTILE_95", reducer = "REDUCE_MAX", by = ["resource.labels.service_name"] },
    { title = "Instances by function", filter = "${local.services} AND metric.type = \"run.googleapis.com/container/instance_count\"", aligner = "ALIGN_MAX", reducer = "REDUCE_SUM", by = ["resource.labels.service_name"] },
    { title = "Age of the oldest message", filter = "${local.queue} AND metric.type = \"pubsub.googleapis.com/subscription/oldest_unacked_message_age\"", aligner = "ALIGN_MAX", reducer = "REDUCE_MAX", by = ["resource.labels.subscription_id"] },
    { title = "Messages that wait", filter = "${local.queue} AND metric.type = \"pubsub.googleapis.com/subscription/num_undelivered_messages\"", aligner = "ALIGN_MAX", reducer = "REDUCE_MAX", by = ["resource.labels.subscription_id"] },
  ]
}

resource "google_monitoring_dashboard" "this" {
  dashboard_json = jsonencode({
    displayName = "Invoices: ${var.name}"
    mosaicLayout = {
      columns = 48
      tiles = [
        for index, chart in local.charts : {
          xPos   = 16 * (index % 3)
          yPos   = 16 * floor(index / 3)
          width  = 16
          height = 16
          widget = {
            title = chart.title
            xyChart = {
              dataSets = [{
                plotType = "LINE"
                timeSeriesQuery = {
                  timeSeriesFilter = {
                    filter = chart.filter
                    aggregation = {
                      alignmentPeriod    = "300s"
                      perSeriesAligner   = chart.aligner
                      crossSeriesReducer = chart.reducer
                      groupByFields      = chart.by
                    }
                  }
                }
              }]
            }
          }
        }
      ]
    }
  })

  depends_on = [google_logging_metric.this, google_project_service.used]
}
