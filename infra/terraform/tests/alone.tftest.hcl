# One function deploys by itself: with what it needs, and without any other.

mock_provider "google" {
  source = "./tests/mocks"
}

mock_provider "google-beta" {
  source = "./tests/mocks"
}

variables {
  project         = "a-project"
  alert_email     = "someone@example.com"
  billing_account = null
  build_folder    = "tests/bundles/before"
}

run "upload_alone" {
  plan_options {
    target = [module.function["upload"]]
  }

  assert {
    condition     = [for name, function in module.function : name if try(length(function.name) > 0, false)] == ["upload"]
    error_message = "Only the function that was asked for is there."
  }
}
