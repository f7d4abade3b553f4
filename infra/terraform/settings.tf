locals {
  # What the deployment itself decides. Whatever is named neither here nor by var.settings has the
  # code's default.
  own_settings = {
    AUTH_MODE            = var.auth_mode
    DEAD_LETTER_TOPIC    = google_pubsub_topic.dead.name
    EXTRACT_OCR          = var.ocr ? "on" : "off"
    EXTRACTION_TOPIC     = google_pubsub_topic.files.name
    GOOGLE_CLOUD_PROJECT = var.project
    INVOICE_BUCKET       = google_storage_bucket.invoices.name
    PUBLIC_URL           = local.public_url
    # The gateway appends the address of what came to it: the caller is the last but one.
    TRUSTED_HOPS   = "2"
    VERTEX_PROJECT = var.project
  }

  settings = merge(local.own_settings, var.settings)

  environments = {
    for name, row in local.functions :
    name => { for setting in row.settings : setting => local.settings[setting] if contains(keys(local.settings), setting) }
  }

  public_url = var.public_url != "" ? var.public_url : "https://${module.gateway.hostname}"
}
