// Every element that matches, the root itself included, only once for each kind of behaviour.
export function each(root, selector, name, act) {
  const found = [...root.querySelectorAll(selector)];
  if (root instanceof Element && root.matches(selector)) found.unshift(root);
  for (const element of found) {
    const key = `ready${name}`;
    if (element.dataset[key]) continue;
    element.dataset[key] = "1";
    act(element);
  }
}

// Says something to a screen reader and, when `shown` is an element, on the page.
export function say(text) {
  const place = document.getElementById("aviso-en-vivo");
  if (place) place.textContent = text;
}

export const english = document.documentElement.lang.startsWith("en");
