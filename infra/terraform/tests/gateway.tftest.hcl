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

run "safe_by_default" {
  assert {
    condition     = jsondecode(module.openapi.document).paths["/upload"].post.security == [{ token = [] }]
    error_message = "The gateway asks for a token where the functions do."
  }

  assert {
    condition     = jsondecode(module.openapi.document).securityDefinitions.token["x-google-jwks_uri"] == "https://invoices-abc.uc.gateway.dev/.well-known/jwks.json"
    error_message = "Public keys come from our own auth function."
  }

  assert {
    condition     = jsondecode(module.openapi.document).paths["/process-pdf/gemini"].post.security == [{ key = [] }] && jsondecode(module.openapi.document)["x-google-management"].quota.limits[0].values.STANDARD == 60
    error_message = "/process-pdf/ asks for a key and has a quota."
  }

  assert {
    condition     = jsondecode(module.openapi.document).paths["/upload"].post["x-google-backend"].address == "https://invoices-upload-123456789012.us-central1.run.app"
    error_message = "A route leads to its function's service."
  }

  assert {
    condition     = keys(jsondecode(module.openapi.key_document).paths) == ["/.well-known/jwks.json"]
    error_message = "The keys' door has one route."
  }

  assert {
    condition     = startswith(module.gateway.config, "invoices-") && length(module.gateway.config) == length("invoices-") + 16
    error_message = "A config is named after its document."
  }

  assert {
    condition     = length(google_billing_budget.month) == 1 && length(google_monitoring_alert_policy.threshold) == 15
    error_message = "Spending and every function are watched."
  }
}

run "another_document_is_another_config" {
  variables {
    process_pdf_per_minute = 61
  }

  assert {
    condition     = module.gateway.config != run.safe_by_default.config && module.key_gateway.config == run.safe_by_default.key_config
    error_message = "Only what changed is made anew."
  }
}

run "open" {
  variables {
    auth_mode                    = "open"
    process_pdf_needs_google_key = false
    billing_account              = null
  }

  assert {
    condition     = length(jsondecode(module.openapi.document).securityDefinitions) == 0 && length(google_apikeys_key.process_pdf) == 0
    error_message = "In open mode the gateway asks nobody."
  }

  assert {
    condition     = length(google_billing_budget.month) == 0
    error_message = "Without a billing account there is no budget."
  }
}

run "a_region_without_api_gateway_is_refused" {
  command = plan

  variables {
    gateway_region = "asia-south1"
  }

  expect_failures = [var.gateway_region]
}
