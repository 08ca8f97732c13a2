// [data-count="address"]: how many wait behind a link of the menu, asked for once the page is already shown.
import { english } from "./each.js";

export async function counts() {
  const places = [...document.querySelectorAll("[data-count]")];
  for (const address of new Set(places.map((place) => place.dataset.count))) {
    const answer = await fetch(address, { headers: { Accept: "text/plain" } }).catch(() => null);
    const number = answer?.ok && !answer.redirected ? Number(await answer.text()) : 0;
    if (!number) continue;
    for (const place of places.filter((one) => one.dataset.count === address)) {
      place.textContent = number;
      const word = document.createElement("span");
      word.className = "sr-only";
      word.textContent = english ? " pending" : " pendientes";
      place.append(word);
      place.hidden = false;
    }
  }
}
