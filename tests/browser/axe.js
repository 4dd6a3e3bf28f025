// Axe on this page; "known" are the kinds of text whose contrast was found good before (axe.py).
async known => {
    const options = {resultTypes: ["violations"], preload: false};
    const grounds = new Map();
    const ground = one => {
        if (!one) return "";
        if (!grounds.has(one)) {
            const style = getComputedStyle(one);
            const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter];
            const floats = ["absolute", "fixed", "sticky"].includes(style.position);
            const plain = own.join() === "rgba(0, 0, 0, 0),none,1,none" && !floats;
            const said = plain ? "" : own.join(" ") + (floats ? ` ${one.getAttribute("class")}` : "") + " on ";
            grounds.set(one, said + ground(one.parentElement));
        }
        return grounds.get(one);
    };
    const holdsText = one => one.matches("input, select, textarea")
        || [...one.childNodes].some(child => child.nodeType === Node.TEXT_NODE && child.data.trim());
    const isIdle = one => one.closest(":disabled, [aria-disabled=true]") !== null
        || one.closest("label")?.control?.disabled === true;
    const texts = new Map();
    for (const one of document.querySelectorAll("body, body *")) {
        if (!holdsText(one) || !one.checkVisibility({visibilityProperty: true})) continue;
        const style = getComputedStyle(one);
        const looks = [style.color, style.fontSize, style.fontWeight, isIdle(one), ground(one)];
        const kind = looks.join("; ").replace(/\s+/g, " ");
        texts.set(kind, [...(texts.get(kind) ?? []), one]);
    }
    const seen = new Set(known);
    const fresh = [...texts.keys()].filter(kind => !seen.has(kind));
    const include = fresh.flatMap(kind => texts.get(kind).slice(0, 3));
    const whole = await axe.run(document, {...options, rules: {"color-contrast": {enabled: false}}});
    const pale = include.length > 0 ? await axe.run({include}, {...options, runOnly: ["color-contrast"]}) : null;
    return {violations: [...whole.violations, ...pale?.violations ?? []], fresh};
}
