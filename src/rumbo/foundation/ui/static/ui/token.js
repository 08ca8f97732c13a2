// Signing in changes the token that every form carries, and a page that was open before keeps the old one. So what is
// sent takes the token that this browser has now: who signs in again in another tab sends what was typed in this one.

export function freshToken() {
  document.addEventListener("submit", (event) => {
    const field = event.target.elements?.namedItem("csrfmiddlewaretoken");
    if (field && token()) field.value = token();
  }, true);
  document.body.addEventListener("htmx:configRequest", ({ detail }) => {
    if (!token()) return;
    detail.headers["X-CSRFToken"] = token();
    if (detail.parameters.csrfmiddlewaretoken) detail.parameters.csrfmiddlewaretoken = token();
  });
}

function token() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
}
