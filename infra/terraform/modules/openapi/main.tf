# openapi.yaml.tftpl as API Gateway is given it: the routes of the local gateway, with what only the
# cloud's can check. It needs no provider, so that it can be rendered anywhere.

variable "urls" {
  description = "The address of each function."
  type        = map(string)
}

variable "token_check" {
  description = "Where the public keys of login tokens are; null: the gateway leaves tokens to the functions."
  type        = object({ jwks_uri = string })
  default     = null
}

variable "key_check" {
  description = "Calls in a minute that a caller's project may make of what asks for a key; null: no key is asked for."
  type        = object({ per_minute = number })
  default     = null
}

locals {
  methods = ["get", "head", "post", "put", "patch", "delete", "options"]

  routes = yamldecode(templatefile("${path.module}/../../openapi.yaml.tftpl", { for name, url in var.urls : "${name}_url" => url }))

  # What an operation whose x-caller says "token" or "key" gains. Both as JSON: the two differ in type.
  gains = {
    token = var.token_check == null ? "{}" : jsonencode({ security = [{ token = [] }] })
    key = var.key_check == null ? "{}" : jsonencode({
      security         = [{ key = [] }]
      "x-google-quota" = { metricCosts = { "process-pdf" = 1 } }
    })
    anyone = "{}"
  }

  paths = {
    for path, item in local.routes.paths : path => merge(item, {
      for method in local.methods : method => merge(
        item[method], jsondecode(local.gains[lookup(item[method], "x-caller", "anyone")]),
      ) if contains(keys(item), method)
    })
  }

  # common/tokens.py: ISSUER and AUDIENCE.
  security = merge(
    { for check in var.token_check[*] : "token" => {
      type = "oauth2"
      flow = "implicit"
      # OpenAPI wants an address here; API Gateway looks at the keys alone.
      authorizationUrl     = check.jwks_uri
      "x-google-issuer"    = "invoice-management-system"
      "x-google-jwks_uri"  = check.jwks_uri
      "x-google-audiences" = "invoices"
    } },
    { for check in var.key_check[*] : "key" => { type = "apiKey", name = "x-api-key", in = "header" } },
  )

  management = { for check in var.key_check[*] : "x-google-management" => {
    metrics = [{ name = "process-pdf", displayName = "Calls of /process-pdf/", valueType = "INT64", metricKind = "DELTA" }]
    quota = { limits = [{
      name   = "process-pdf-per-minute"
      metric = "process-pdf"
      unit   = "1/min/{project}"
      values = { STANDARD = check.per_minute }
    }] }
  } }
}

output "document" {
  description = "All routes, as JSON."
  value       = jsonencode(merge(local.routes, local.management, { paths = local.paths, securityDefinitions = local.security }))
}

output "key_document" {
  description = "The route of the public keys alone, as JSON."
  value = jsonencode(merge(local.routes, {
    paths = { for path, item in local.routes.paths : path => item if path == "/.well-known/jwks.json" }
  }))
}
