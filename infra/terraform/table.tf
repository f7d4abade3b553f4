# The functions: one row each, and all that differs between them.
#
# bundle        the folder of functions/ whose zip it runs; extract has two entry points
# concurrency   requests at once in one instance; THREADS is the same, so that none waits for a thread
# settings      the variables of common/config.py that its code reads (infra/checks compares)
# files         what it may do in the bucket; signs: whether it signs links to objects
# publishes     the topics that it writes to; models: whether it asks Vertex AI
# slow_seconds  the 95th percentile of its answers above which an alert says so
#
# Memory: a password hash takes 64 MB; an upload's body, 32 MiB at most, lies in memory; a download
# passes in pieces of 4 MiB; a PDF that is read has a process of its own.
locals {
  functions = {
    auth = {
      bundle       = "auth"
      memory       = "1Gi"
      cpu          = "1"
      concurrency  = 8
      timeout      = 60
      max          = 5
      settings     = ["CORS_ORIGINS", "GOOGLE_CLOUD_PROJECT"]
      secrets      = ["TOKEN_KEY", "TOKEN_PUBLIC_KEYS"]
      files        = "none"
      signs        = false
      publishes    = []
      models       = false
      slow_seconds = 3
    }
    upload = {
      bundle       = "upload"
      memory       = "1Gi"
      cpu          = "1"
      concurrency  = 16
      timeout      = 300
      max          = 10
      settings     = ["AUTH_MODE", "CORS_ORIGINS", "GOOGLE_CLOUD_PROJECT", "INVOICE_BUCKET"]
      secrets      = ["TOKEN_PUBLIC_KEYS"]
      files        = "write"
      signs        = true
      publishes    = []
      models       = false
      slow_seconds = 15
    }
    invoices = {
      bundle      = "invoices"
      memory      = "1Gi"
      cpu         = "1"
      concurrency = 80
      timeout     = 60
      max         = 10
      settings = [
        "AUTH_MODE", "CORS_ORIGINS", "EXTRACTION_TOPIC", "GOOGLE_CLOUD_PROJECT", "INVOICE_BUCKET", "PUBLIC_URL",
      ]
      secrets      = ["LINK_SECRET", "TOKEN_PUBLIC_KEYS"]
      files        = "write"
      signs        = true
      publishes    = ["EXTRACTION_TOPIC"]
      models       = false
      slow_seconds = 5
    }
    extract = {
      bundle      = "extract"
      memory      = "4Gi"
      cpu         = "2"
      concurrency = 8
      timeout     = 300
      max         = 10
      settings = [
        "AUTH_MODE", "CORS_ORIGINS", "EXTRACTION_ESCALATION_MODEL", "EXTRACTION_FALLBACKS", "EXTRACTION_MODEL",
        "EXTRACTION_PROFILE",
        "EXTRACT_OCR", "EXTRACT_SECONDS", "GOOGLE_CLOUD_PROJECT", "GST_QR_KEYS", "INVOICE_BUCKET", "MODEL_SECONDS",
        "PUBLIC_URL", "TRUSTED_HOPS", "USD_INR", "VERTEX_LOCATION", "VERTEX_PROJECT",
      ]
      secrets      = ["GEMINI_API_KEY", "LINK_SECRET", "TOKEN_PUBLIC_KEYS"]
      files        = "write"
      signs        = true
      publishes    = []
      models       = true
      slow_seconds = 120
    }
    extract_queue = {
      bundle      = "extract"
      memory      = "4Gi"
      cpu         = "2"
      concurrency = 8
      timeout     = 540
      max         = 5
      settings = [
        "CORS_ORIGINS", "DEAD_LETTER_TOPIC", "EXTRACTION_ATTEMPTS", "EXTRACTION_ESCALATION_MODEL",
        "EXTRACTION_FALLBACKS", "EXTRACTION_MODEL", "EXTRACTION_PROFILE",
        "EXTRACT_OCR", "EXTRACT_SECONDS", "GOOGLE_CLOUD_PROJECT", "GST_QR_KEYS", "INVOICE_BUCKET", "MODEL_SECONDS",
        "USD_INR", "VERTEX_LOCATION", "VERTEX_PROJECT",
      ]
      secrets      = ["GEMINI_API_KEY"]
      files        = "write"
      signs        = false
      publishes    = ["DEAD_LETTER_TOPIC"]
      models       = true
      slow_seconds = 240
    }
    webhook = {
      bundle      = "webhook"
      memory      = "1Gi"
      cpu         = "1"
      concurrency = 20
      timeout     = 60
      max         = 10
      settings = [
        "AUTH_MODE", "CORS_ORIGINS", "GOOGLE_CLOUD_PROJECT", "INVOICE_BUCKET", "PUBLIC_URL", "REPLAY_NETWORKS",
        "TRUSTED_HOPS",
      ]
      secrets      = ["TOKEN_PUBLIC_KEYS"]
      files        = "write"
      signs        = false
      publishes    = []
      models       = false
      slow_seconds = 5
    }
    check_ui = {
      bundle      = "check_ui"
      memory      = "1Gi"
      cpu         = "1"
      concurrency = 40
      timeout     = 60
      max         = 5
      settings = [
        "AUTH_MODE", "CORS_ORIGINS", "GOOGLE_CLOUD_PROJECT", "INVOICE_BUCKET", "PUBLIC_URL",
      ]
      secrets      = ["LINK_SECRET", "TOKEN_PUBLIC_KEYS"]
      files        = "write"
      signs        = true
      publishes    = []
      models       = false
      slow_seconds = 5
    }
  }

  # Recognising text takes a reading process 0.9 GB, and as many cores as there are.
  ocr_size = { memory = "8Gi", cpu = "4", concurrency = 4 }

  # A function's name allows no underscore.
  service_names = { for name, row in local.functions : name => "${var.name}-${replace(name, "_", "-")}" }

  # Cloud Run gives every service this address beside its random one. It is known before the service
  # is there, so that the gateway can be made first and its own address told to the functions.
  service_urls = {
    for name, service in local.service_names :
    name => "https://${service}-${data.google_project.this.number}.${var.region}.run.app"
  }
}
