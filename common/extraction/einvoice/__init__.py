"""E-invoices embedded in PDFs: Factur-X, ZUGFeRD 1 and 2, and XRechnung, in CII or UBL."""
