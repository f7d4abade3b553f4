"""What puts the system into Google Cloud: Terraform, its checks, and the commands around it."""
