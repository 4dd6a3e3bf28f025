// The text of a rule file opens at the line of its fault.
"use strict";
document.querySelectorAll("textarea[data-line]").forEach((area) => {
  const line = Number(area.dataset.line);
  const lines = area.value.split("\n");
  const from = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  area.focus({ preventScroll: true });
  area.setSelectionRange(from, from + (lines[line - 1] || "").length);
  area.scrollTop = Math.max(line - 6, 0) * (area.scrollHeight / lines.length);
});
