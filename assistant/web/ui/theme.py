"""The theme: colours and fonts, light and dark; only fonts of the reader's machine, so none is fetched."""

import gradio as gr

SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
SERIF = '"Iowan Old Style", "Palatino Linotype", Palatino, "Noto Serif", Georgia, "DejaVu Serif", serif'
MONO = ("ui-monospace", "Menlo", "Consolas", "monospace")

#: Ink, paper, and the one colour for what can be pressed; style.css takes them up by these names.
_COLOURS = {
    "body_background_fill": ("#faf8f4", "#16171a"),
    "body_text_color": ("#1d1c1a", "#e9e6df"),
    "body_text_color_subdued": ("#5b574f", "#b0aba1"),
    "background_fill_primary": ("#fffefb", "#1d1f23"),
    "background_fill_secondary": ("#f3efe7", "#25282d"),
    "border_color_primary": ("#d8d2c5", "#3b3f46"),
    "border_color_accent": ("#1f4e79", "#9cc4ec"),
    "color_accent_soft": ("#e6eef6", "#22364a"),
    "link_text_color": ("#1f4e79", "#9cc4ec"),
    "link_text_color_hover": ("#123353", "#c4def7"),
    "block_background_fill": ("#fffefb", "#1d1f23"),
    "block_label_text_color": ("#3c3933", "#d3cec4"),
    "block_title_text_color": ("#3c3933", "#d3cec4"),
    "block_info_text_color": ("#5b574f", "#b0aba1"),
    "input_background_fill": ("#ffffff", "#16171a"),
    "input_border_color": ("#857f73", "#7d828b"),
    "input_border_color_focus": ("#1f4e79", "#9cc4ec"),
    "input_placeholder_color": ("#656056", "#a19c92"),
    "button_primary_background_fill": ("#1f4e79", "#9cc4ec"),
    "button_primary_background_fill_hover": ("#123353", "#c4def7"),
    "button_primary_text_color": ("#ffffff", "#10202f"),
    "button_secondary_background_fill": ("#fffefb", "#25282d"),
    "button_secondary_background_fill_hover": ("#f3efe7", "#30343a"),
    "button_secondary_text_color": ("#1d1c1a", "#e9e6df"),
    "button_secondary_border_color": ("#857f73", "#7d828b"),
}


def variables() -> str:
    """The colours and the type as a style sheet, for pages that Gradio does not make."""
    sheets = []
    for scheme in (0, 1):
        colours = "".join(f"--{name.replace('_', '-')}:{pair[scheme]};" for name, pair in _COLOURS.items())
        sheets.append(f":root{{{colours}}}")
    fonts = f":root{{--serif:{SERIF};--sans:{', '.join(SANS)};}}"
    return f"{fonts}{sheets[0]}@media (prefers-color-scheme:dark){{{sheets[1]}}}"


def theme() -> gr.themes.Base:
    """The theme."""
    made = gr.themes.Base(font=SANS, font_mono=MONO, radius_size="sm", text_size="md")
    settings: dict[str, str] = {"block_shadow": "none", "button_primary_shadow": "none", "shadow_drop": "none"}
    settings["color_accent"] = "*border_color_accent"
    for name, (light, dark) in _COLOURS.items():
        settings[name] = light
        settings[f"{name}_dark"] = dark
    return made.set(**settings)
