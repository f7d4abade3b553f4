terraform {
  required_providers {
    google-beta = {
      source = "hashicorp/google-beta"
    }
  }
}

variable "name" {
  description = "Of the API, its configs and its gateway."
  type        = string
}

variable "region" {
  description = "Where the gateway runs."
  type        = string
}

variable "document" {
  description = "The routes: an OpenAPI 2.0 document as JSON."
  type        = string
}

variable "account" {
  description = "E-mail of the account that calls the functions."
  type        = string
}

resource "google_api_gateway_api" "this" {
  provider = google-beta
  api_id   = var.name
}

# A config can't be changed: another document is another config, which is made before the former goes.
resource "google_api_gateway_api_config" "this" {
  provider      = google-beta
  api           = google_api_gateway_api.this.api_id
  api_config_id = "${var.name}-${substr(sha256("${var.account}\n${var.document}"), 0, 16)}"

  openapi_documents {
    document {
      path     = "openapi.json"
      contents = base64encode(var.document)
    }
  }

  gateway_config {
    backend_config {
      google_service_account = var.account
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "google_api_gateway_gateway" "this" {
  provider   = google-beta
  gateway_id = var.name
  region     = var.region
  api_config = google_api_gateway_api_config.this.id

  lifecycle {
    create_before_destroy = true
  }
}

output "hostname" {
  description = "Where callers reach it."
  value       = google_api_gateway_gateway.this.default_hostname
}

output "service" {
  description = "The managed service that keys and quotas belong to."
  value       = google_api_gateway_api.this.managed_service
}

output "config" {
  description = "Id of the config that is in force."
  value       = google_api_gateway_api_config.this.api_config_id
}
