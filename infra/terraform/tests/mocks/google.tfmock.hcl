# What Google would say, where the configuration goes on from it.

mock_data "google_project" {
  defaults = { number = "123456789012" }
}

mock_resource "google_api_gateway_api" {
  defaults = { managed_service = "invoices-0123456789abc.apigateway.a-project.cloud.goog" }
}

mock_resource "google_api_gateway_gateway" {
  defaults = { default_hostname = "invoices-abc.uc.gateway.dev" }
}
