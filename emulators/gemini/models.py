"""The models that the stand-in answers for, and what each can be told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Model:
    """One model of the list.

    `thinks`: it has thoughts at all; `can_stop_thinking`: they may be switched
    off; `levels`: it takes a thinking level, not only a token budget (Gemini 3).
    """

    name: str
    thinks: bool = True
    can_stop_thinking: bool = True
    levels: bool = False
    input_limit: int = 1_048_576
    output_limit: int = 65_536

    def description(self) -> dict[str, object]:
        """The entry of the Gemini API's model list."""
        title = " ".join(part.capitalize() for part in self.name.split("-"))
        return {
            "name": f"models/{self.name}",
            "version": self.name.split("-")[1],
            "displayName": f"{title} (local stand-in)",
            "inputTokenLimit": self.input_limit,
            "outputTokenLimit": self.output_limit,
            "supportedGenerationMethods": ["generateContent", "countTokens"],
            "thinking": self.thinks,
        }

    def publisher_description(self) -> dict[str, object]:
        """The entry of Vertex AI's list of publisher models."""
        return {
            "name": f"publishers/google/models/{self.name}",
            "versionId": "default",
            "openSourceCategory": "PROPRIETARY",
            "launchStage": "GA",
        }


def _flash(name: str) -> Model:
    return Model(name, levels=True)


MODELS: dict[str, Model] = {
    model.name: model
    for model in (
        Model("gemini-2.0-flash", thinks=False, output_limit=8_192),
        Model("gemini-2.0-flash-lite", thinks=False, output_limit=8_192),
        Model("gemini-2.5-pro", can_stop_thinking=False),
        Model("gemini-2.5-flash"),
        Model("gemini-2.5-flash-lite"),
        Model("gemini-3-pro-preview", can_stop_thinking=False, levels=True),
        Model("gemini-3-pro-image-preview", can_stop_thinking=False, levels=True, output_limit=32_768),
        Model("gemini-3.1-pro-preview", can_stop_thinking=False, levels=True),
        _flash("gemini-3-flash-preview"),
        _flash("gemini-3.1-flash-lite"),
        _flash("gemini-3.5-flash"),
        _flash("gemini-3.5-flash-lite"),
        _flash("gemini-3.6-flash"),
        _flash("gemini-3.7-flash"),
        _flash("gemini-3.8-flash"),
    )
}


def find(name: str) -> Model | None:
    """The model called `name`; a pinned version ("-001") is its model."""
    found = MODELS.get(name)
    if found is None and name[-4:-3] == "-" and name[-3:].isdigit():
        found = MODELS.get(name[:-4])
    return found
