"""A stand-in for the Gemini API and Vertex AI: their REST protocol, answered by an offline reader.

It reads the PDF that it is sent by rules, without a model and without the
network. Every answer says that it is a stand-in: by the header `x-stand-in`
and by a `responseId` that starts with "stand-in-".
"""
