# Terraform makes the secrets and never sees what is in them: `nox -s keys` writes that.

locals {
  # The secret behind each variable.
  secret_ids = {
    for variable in concat(["TOKEN_KEY", "TOKEN_PUBLIC_KEYS", "LINK_SECRET"], var.use_gemini_api ? ["GEMINI_API_KEY"] : []) :
    variable => "${var.name}-${lower(replace(variable, "_", "-"))}"
  }

  # The version stands in the function's settings, so that a new one is taken up by a new revision
  # and not by whichever instance happens to start.
  secrets = {
    for variable, secret in google_secret_manager_secret.this : variable => {
      secret  = secret.secret_id
      version = data.google_secret_manager_secret_version.newest[variable].version
    }
  }
}

resource "google_secret_manager_secret" "this" {
  for_each = local.secret_ids

  secret_id           = each.value
  deletion_protection = var.deletion_protection

  replication {
    auto {}
  }

  depends_on = [google_project_service.used]
}

data "google_secret_manager_secret_version" "newest" {
  for_each = google_secret_manager_secret.this

  secret            = each.value.secret_id
  fetch_secret_data = false
}
