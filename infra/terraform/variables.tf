# Where

variable "project" {
  description = "Id of the Google Cloud project. It should hold nothing else."
  type        = string

  validation {
    # Accounts' addresses are made from it. An old id within a domain, with a colon, makes other ones.
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "A project's id has 6 to 30 lower-case letters, digits and hyphens."
  }
}

variable "region" {
  description = "Where the functions, the bucket and the build run."
  type        = string
  default     = "us-central1"
}

variable "gateway_region" {
  description = "Where API Gateway runs; it is offered in fewer regions than the rest."
  type        = string
  default     = "us-central1"

  validation {
    condition = contains([
      "asia-northeast1", "australia-southeast1", "europe-west1", "europe-west2",
      "us-central1", "us-east1", "us-east4", "us-west2", "us-west3", "us-west4",
    ], var.gateway_region)
    error_message = "API Gateway is not offered in this region."
  }
}

variable "firestore_location" {
  description = "Where the records lie: a region, nam5 or eur3; null: the region. It can never be changed."
  type        = string
  default     = null
}

variable "name" {
  description = "What every resource's name begins with."
  type        = string
  default     = "invoices"

  validation {
    # An account's id has 30 characters, and the longest function is called extract-queue.
    condition     = can(regex("^[a-z][a-z0-9-]{1,13}[a-z0-9]$", var.name))
    error_message = "The name has 3 to 15 lower-case letters, digits and hyphens, and begins with a letter."
  }
}

variable "build_folder" {
  description = "Where the functions' bundles lie, NAME.zip each; `nox -s bundle` makes them."
  type        = string
  default     = "../../build"
}

# Who may do what

variable "auth_mode" {
  description = "token: every call that touches a user's invoices needs that user's token. open: none does."
  type        = string
  default     = "token"

  validation {
    condition     = contains(["open", "token"], var.auth_mode)
    error_message = "auth_mode is open or token."
  }
}

variable "gateway_checks_tokens" {
  description = "Whether the gateway too refuses calls without a valid token; the functions do in any case."
  type        = bool
  default     = true
}

variable "process_pdf_needs_google_key" {
  description = "Whether callers of /process-pdf/ also send an API key of this project as x-api-key, which the quota counts by."
  type        = bool
  default     = true
}

variable "process_pdf_per_minute" {
  description = "Calls of /process-pdf/ in a minute that one caller's project may make."
  type        = number
  default     = 60
}

variable "public_url" {
  description = "https://… of a domain of one's own in front of the gateway; empty: the gateway's own address."
  type        = string
  default     = ""
}

# How it works

variable "settings" {
  description = "Settings of the README's table that shall differ from their defaults."
  type        = map(string)
  default     = {}

  validation {
    condition = length(setsubtract(keys(var.settings), [
      "CORS_ORIGINS", "EXTRACTION_ATTEMPTS", "EXTRACTION_ESCALATION_MODEL", "EXTRACTION_FALLBACKS", "EXTRACTION_MODEL",
      "EXTRACTION_PROFILE", "EXTRACT_SECONDS", "GST_QR_KEYS", "MODEL_SECONDS", "REPLAY_NETWORKS", "USD_INR", "VERTEX_LOCATION",
    ])) == 0
    error_message = "One of the settings is unknown, or is set by Terraform itself."
  }
}

variable "ocr" {
  description = "Whether text in pictures is recognised, so that the values of scans are looked for on them."
  type        = bool
  default     = false
}

variable "use_gemini_api" {
  description = "Whether models are asked through the Gemini API, whose key is then a secret; else through Vertex AI."
  type        = bool
  default     = false
}

variable "min_instances" {
  description = "Instances of a function that are kept warm, by the function's name; 0 for those not named."
  type        = map(number)
  default     = {}
}

# How long things are kept

variable "direct_pdf_days" {
  description = "Days after which a PDF that was sent to /invoice/extract-data/ is deleted; its data stays."
  type        = number
  default     = 365
}

variable "soft_delete_days" {
  description = "Days in which a deleted or overwritten object can be brought back."
  type        = number
  default     = 7
}

variable "deletion_protection" {
  description = "Whether the database and the bucket refuse to be deleted. False is for tear-down."
  type        = bool
  default     = true
}

variable "kms_key" {
  description = "projects/…/cryptoKeys/…, in the bucket's region, that objects are encrypted with; null: Google's own keys."
  type        = string
  default     = null
}

# Who hears of it

variable "alert_email" {
  description = "Where alerts are sent."
  type        = string
}

variable "billing_account" {
  description = "XXXXXX-XXXXXX-XXXXXX, for the budget alert; null for no budget alert."
  type        = string
}

variable "monthly_budget" {
  description = "What the project may cost in a month, in the billing account's currency, before mails say so."
  type        = number
  default     = 10000
}

variable "daily_model_inr" {
  description = "What model calls may cost in 24 hours, in INR, before an alert says so."
  type        = number
  default     = 1000
}
