// What happens when a partial answer does not arrive: an expired session, a refusal, a lost line. Nothing typed is lost.
import { english, say } from "./each.js";

const TEXT = english
  ? {
      session: "The session ended through inactivity. What you typed is still here; sign in again in another tab to send it.",
      line: "There is no connection to the server. What you typed is still here; try again in a moment.",
      403: "This belongs to another person or area. What you typed is still here.",
      404: "What you were changing is no longer here. Reload the page.",
      other: "It could not be finished. What you typed is still here; try again in a moment.",
    }
  : {
      session: "La sesión terminó por inactividad. Lo que escribió sigue aquí; entre de nuevo en otra pestaña para enviarlo.",
      line: "No hay conexión con el servidor. Lo que escribió sigue aquí; intente de nuevo en un momento.",
      403: "Esto corresponde a otra persona o área. Lo que escribió sigue aquí.",
      404: "Lo que estaba cambiando ya no está aquí. Vuelva a cargar la página.",
      other: "No se pudo terminar. Lo que escribió sigue aquí; intente de nuevo en un momento.",
    };

export function answers() {
  // A form that was refused (422) is shown with its errors; other refusals do not replace the page.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (xhr.status === 422 || xhr.status === 409) { event.detail.shouldSwap = true; event.detail.isError = false; }
    if (xhr.responseURL.includes("/entrar/")) { event.detail.shouldSwap = false; show(TEXT.session); }
  });
  document.body.addEventListener("htmx:responseError", (event) => {
    const { xhr } = event.detail;
    show(xhr.getResponseHeader("X-Session-Ended") ? TEXT.session : TEXT[xhr.status] ?? TEXT.other);
  });
  document.body.addEventListener("htmx:sendError", () => show(TEXT.line));
}

function show(text) {
  say(text);
  let place = document.getElementById("aviso-visible");
  if (!place) {
    place = document.createElement("p");
    place.id = "aviso-visible";
    place.className = "notice notice-error";
    document.getElementById("contenido").prepend(place);
  }
  place.textContent = text;
  place.scrollIntoView({ block: "nearest" });
}
