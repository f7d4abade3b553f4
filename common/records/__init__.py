"""Records in Firestore."""
