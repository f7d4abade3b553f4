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

run "plan_of_a_first_deployment" {
  command = plan

  assert {
    condition     = toset(keys(module.function)) == toset(["auth", "upload", "invoices", "extract", "extract_queue", "webhook", "check_ui"])
    error_message = "There are six functions, and extract's second entry point."
  }

  assert {
    condition     = { for name, function in module.function : name => function.name } == { auth = "invoices-auth", upload = "invoices-upload", invoices = "invoices-invoices", extract = "invoices-extract", extract_queue = "invoices-extract-queue", webhook = "invoices-webhook", check_ui = "invoices-check-ui" }
    error_message = "A function's name is the system's and its own, with hyphens."
  }
}

run "apply" {
  assert {
    condition     = alltrue([for function in module.function : function.service.environment_variables.THREADS == tostring(function.service.max_instance_request_concurrency)])
    error_message = "An instance has as many threads as it takes requests at once."
  }

  assert {
    condition     = alltrue([for name, row in local.functions : module.function[name].service.timeout_seconds >= 60 && module.function[name].service.max_instance_count > 0])
    error_message = "Every function has a time limit and a limit on its instances."
  }

  assert {
    condition     = { for name, function in module.function : name => function.service.ingress_settings } == { for name, row in local.functions : name => name == "extract_queue" ? "ALLOW_INTERNAL_ONLY" : "ALLOW_ALL" }
    error_message = "The queue's function is reached from inside the project alone."
  }

  assert {
    condition     = module.function["upload"].service.environment_variables == tomap({ AUTH_MODE = "token", GOOGLE_CLOUD_PROJECT = "a-project", INVOICE_BUCKET = "a-project-invoices", THREADS = "16" })
    error_message = "A function is told what its code reads, and a setting that nobody gave has the code's default."
  }

  assert {
    condition     = module.function["extract"].service.environment_variables.PUBLIC_URL == "https://invoices-abc.uc.gateway.dev"
    error_message = "Links lead to the gateway."
  }

  assert {
    condition     = [for name, function in module.function : name if contains(function.service.secret_environment_variables[*].key, "TOKEN_KEY")] == ["auth"]
    error_message = "The key that signs tokens is auth's alone."
  }

  assert {
    condition     = length(distinct([for function in module.function : function.account])) == 7
    error_message = "Every function has an account of its own."
  }
}

run "only_the_function_whose_bytes_changed_is_built_again" {
  command = plan

  variables {
    build_folder = "tests/bundles/after"
  }

  assert {
    condition     = [for name, bundle in output.bundles : name if bundle != run.apply.bundles[name]] == ["upload"]
    error_message = "A bundle's object is named after its bytes."
  }

  assert {
    condition     = module.function["auth"].bundle == "bundles/invoices-auth-${filesha256("tests/bundles/before/auth.zip")}.zip"
    error_message = "The name holds the whole hash."
  }
}

run "a_setting_and_the_gemini_api_can_be_chosen" {
  variables {
    settings       = { EXTRACTION_MODEL = "gemini-2.5-flash", USD_INR = "88" }
    use_gemini_api = true
    min_instances  = { upload = 1 }
  }

  assert {
    condition     = [for name, function in module.function : name if lookup(function.service.environment_variables, "EXTRACTION_MODEL", "") == "gemini-2.5-flash"] == ["extract", "extract_queue"]
    error_message = "A setting reaches the functions that read it, and no others."
  }

  assert {
    condition     = [for name, function in module.function : name if contains(function.service.secret_environment_variables[*].key, "GEMINI_API_KEY")] == ["extract", "extract_queue"]
    error_message = "Only what asks models has the Gemini API's key."
  }

  assert {
    condition     = [for name, function in module.function : name if function.service.min_instance_count == 1] == ["upload"]
    error_message = "A function can be kept warm by itself."
  }
}

run "text_recognition_is_another_bundle_and_a_larger_instance" {
  command = plan

  variables {
    ocr = true
  }

  assert {
    condition     = [for name, function in module.function : name if lookup(function.service.environment_variables, "EXTRACT_OCR", "") == "on"] == ["extract", "extract_queue"]
    error_message = "What reads PDFs is told to recognise text."
  }

  assert {
    condition     = module.function["extract"].bundle == "bundles/invoices-extract-${filesha256("tests/bundles/before/extract_ocr.zip")}.zip"
    error_message = "It is made of the bundle that has what it takes."
  }

  assert {
    condition     = module.function["extract"].service.available_memory == "8Gi" && module.function["upload"].service.available_memory == "1Gi"
    error_message = "It has more memory, and the others have not."
  }

  assert {
    condition     = module.function["extract_queue"].service.environment_variables.THREADS == "4"
    error_message = "It takes fewer requests at once, in as many threads."
  }
}

run "an_unknown_setting_is_refused" {
  command = plan

  variables {
    settings = { AUTH_MODE = "open" }
  }

  expect_failures = [var.settings]
}
