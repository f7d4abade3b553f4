# One function deploys by itself, with what it needs and without any other: there is no other bundle
# here, and whatever looked for one would fail.

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
  build_folder    = "tests/bundles/upload_alone"
}

run "upload_alone" {
  plan_options {
    target = [module.function["upload"]]
  }

  assert {
    condition     = module.function["upload"].name == "invoices-upload" && startswith(module.function["upload"].bundle, "bundles/invoices-upload-")
    error_message = "The function that was asked for is there, built from its own bundle."
  }
}

run "the_others_follow" {
  variables {
    build_folder = "tests/bundles/before"
  }

  assert {
    condition     = length(output.bundles) == 7 && output.bundles.upload == "bundles/invoices-upload-${filesha256("tests/bundles/upload_alone/upload.zip")}.zip"
    error_message = "The others come later, and the one that is there is not built again."
  }
}
