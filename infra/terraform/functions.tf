locals {
  # Whether a function recognises text in pictures: it is then made of another bundle, and larger.
  recognises = { for name, row in local.functions : name => var.ocr && row.bundle == "extract" }
}

module "function" {
  source   = "./modules/function"
  for_each = local.functions

  name        = local.service_names[each.key]
  entry_point = each.key
  project     = var.project
  region      = var.region
  bundle      = "${var.build_folder}/${each.value.bundle}${local.recognises[each.key] ? "_ocr" : ""}.zip"
  build       = local.build
  size = merge(each.value, {
    memory      = local.recognises[each.key] ? local.ocr_size.memory : each.value.memory
    cpu         = local.recognises[each.key] ? local.ocr_size.cpu : each.value.cpu
    concurrency = local.recognises[each.key] ? local.ocr_size.concurrency : each.value.concurrency
  })
  min_instances = lookup(var.min_instances, each.key, 0)
  environment   = local.environments[each.key]
  secrets       = { for variable in each.value.secrets : variable => local.secrets[variable] if contains(keys(local.secrets), variable) }
  callers       = ["serviceAccount:${each.key == "extract_queue" ? local.emails.push : local.emails.gateway}"]
  # What is pushed within the project comes from inside; the gateway comes from outside.
  inside_only = each.key == "extract_queue"

  # What builds first, and indexes: a query without its index fails.
  depends_on = [
    google_artifact_registry_repository_iam_member.build_images,
    google_firestore_index.composite,
    google_project_iam_member.build_logs,
    google_project_iam_member.build_sources,
    google_project_service.used,
    google_storage_bucket_iam_member.build_bundles,
  ]
}
