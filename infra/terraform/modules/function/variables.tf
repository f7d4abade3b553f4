variable "name" {
  description = "Of the function, its service and its account."
  type        = string
}

variable "entry_point" {
  description = "The function in main.py."
  type        = string
}

variable "project" {
  description = "Id of the project."
  type        = string
}

variable "region" {
  description = "Where it runs."
  type        = string
}

variable "bundle" {
  description = "Path of the zip with its code and requirements."
  type        = string
}

variable "build" {
  description = "The bucket of bundles, the account that builds, and the repository that images lie in."
  type        = object({ bucket = string, account = string, repository = string })
}

variable "size" {
  description = "Its row of the table: what one instance has, and how many there may be."
  type = object({
    memory      = string
    cpu         = string
    concurrency = number
    timeout     = number
    max         = number
  })
}

variable "min_instances" {
  description = "Instances that are kept warm."
  type        = number
}

variable "environment" {
  description = "Its settings."
  type        = map(string)
}

variable "secrets" {
  description = "The secret and its version behind each variable that holds one."
  type        = map(object({ secret = string, version = string }))
}

variable "callers" {
  description = "The accounts that may call it; nobody else may."
  type        = list(string)
}

variable "inside_only" {
  description = "Whether only what comes from inside the project reaches it."
  type        = bool
}
