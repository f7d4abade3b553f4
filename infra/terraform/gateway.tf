# The one door. Its routes are those of the local gateway: openapi.yaml.tftpl.

resource "google_service_account" "gateway" {
  account_id   = "${var.name}-gateway"
  display_name = "Calls the functions on behalf of API Gateway"
}

module "openapi" {
  source = "./modules/openapi"

  urls        = { for name, url in local.service_urls : name => url if name != "extract_queue" }
  token_check = var.auth_mode == "token" && var.gateway_checks_tokens ? { jwks_uri = "https://${module.key_gateway.hostname}/.well-known/jwks.json" } : null
  key_check   = var.process_pdf_needs_google_key ? { per_minute = var.process_pdf_per_minute } : null
}

# A gateway that checks tokens fetches our public keys from an address that it is told when it is
# made. Its own is known too late, and the auth function lets nobody in: hence a door with this one
# route, made first.
module "key_gateway" {
  source    = "./modules/gateway"
  providers = { google-beta = google-beta }

  name       = "${var.name}-keys"
  region     = var.gateway_region
  document   = module.openapi.key_document
  account    = local.emails.gateway
  depends_on = [google_project_service.used]
}

module "gateway" {
  source    = "./modules/gateway"
  providers = { google-beta = google-beta }

  name       = var.name
  region     = var.gateway_region
  document   = module.openapi.document
  account    = local.emails.gateway
  depends_on = [google_project_service.used]
}

# Keys are good for a service only where the service itself is switched on.
resource "google_project_service" "gateway" {
  count = var.process_pdf_needs_google_key ? 1 : 0

  service            = module.gateway.service
  disable_on_destroy = false
}

resource "google_apikeys_key" "process_pdf" {
  count = var.process_pdf_needs_google_key ? 1 : 0

  name         = "${var.name}-process-pdf"
  display_name = "Callers of /process-pdf/"

  restrictions {
    api_targets {
      service = google_project_service.gateway[0].service
    }
  }
}
