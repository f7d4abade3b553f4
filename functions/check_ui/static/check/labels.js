/** What fields are called, and how they stand together. */

/** @type {Record<string, string>} */
const LABELS = {
  language: "Language",
  type: "Written by",
  document_type: "Kind of document",
  vendor_name: "Name",
  vendor_tax_id: "Tax number",
  vendor_address: "Address",
  buyer_name: "Name",
  buyer_tax_id: "Tax number",
  invoice_number: "Invoice number",
  invoice_date: "Invoice date",
  due_date: "Due date",
  payment_terms: "Payment terms",
  po_number: "Purchase order",
  currency: "Currency",
  subtotal: "Subtotal",
  discount_amt: "Discount",
  shipping_amt: "Shipping",
  charges_amt: "Charges",
  taxable_amt: "Total without tax",
  tax_amt: "Tax",
  round_off: "Rounding",
  total_amt: "Total",
  prepaid_amt: "Prepaid",
  amount_due: "Amount due",
  irn: "IRN",
  items: "Lines",
  taxes: "Taxes",
  description: "Description",
  hsn_code: "HSN / SAC",
  quantity: "Quantity",
  unit: "Unit",
  unit_price: "Unit price",
  discount: "Discount",
  tax_rate: "Tax %",
  rate: "Rate %",
  amount: "Amount",
};

/** @type {Record<string, string>} */
const TAX_LABELS = { type: "Tax", taxable_amt: "Taken on", amount: "Amount", rate: "Rate %" };

/** The groups of an invoice, in the order in which it is read. */
export const GROUPS = [
  { id: "vendor", title: "Seller", fields: ["vendor_name", "vendor_tax_id", "vendor_address"] },
  { id: "buyer", title: "Buyer", fields: ["buyer_name", "buyer_tax_id"] },
  {
    id: "invoice",
    title: "Invoice",
    fields: [
      "document_type", "invoice_number", "invoice_date", "due_date", "currency", "po_number", "payment_terms",
      "irn", "language", "type",
    ],
  },
];

export const AMOUNTS = [
  "subtotal", "discount_amt", "shipping_amt", "charges_amt", "taxable_amt", "tax_amt", "round_off", "total_amt",
  "prepaid_amt", "amount_due",
];

/** @param {string} name */
export function label(name) {
  return LABELS[name] ?? name;
}

/** @type {Record<string, string>} */
const HEADS = { quantity: "Qty", unit_price: "Price", hsn_code: "HSN/SAC" };

/** What stands over a column, where room is dear. @param {"items" | "taxes"} table @param {string} cell */
export function columnHead(table, cell) {
  return HEADS[cell] ?? columnLabel(table, cell);
}

/** What a column is called. @param {"items" | "taxes"} table @param {string} cell */
export function columnLabel(table, cell) {
  return (table === "taxes" ? TAX_LABELS[cell] : undefined) ?? label(cell);
}

/** A field's name where its group is not beside it. @param {string} name */
export function fullLabel(name) {
  if (name.startsWith("vendor_")) return `Seller: ${label(name).toLowerCase()}`;
  if (name.startsWith("buyer_")) return `Buyer: ${label(name).toLowerCase()}`;
  return label(name);
}

/** Where a reason or a change points, in words. @param {string | null} field @param {number | null} item @param {string | null} cell */
export function place(field, item, cell) {
  if (field === null) return "Whole document";
  if (item === null || item === undefined) return fullLabel(field);
  const line = field === "items" ? `Line ${item + 1}` : `Tax ${item + 1}`;
  return cell ? `${line}, ${columnLabel(field === "taxes" ? "taxes" : "items", cell).toLowerCase()}` : line;
}

/** @type {Record<string, string>} */
const CHOICES = {
  computerized: "Computer",
  handwritten: "Hand",
  mixed: "Both",
  invoice: "Invoice",
  credit_note: "Credit note",
  debit_note: "Debit note",
  receipt: "Receipt",
  other: "Other",
};

/** @param {string} choice */
export function choiceLabel(choice) {
  return CHOICES[choice] ?? choice;
}
