// What a browser can do better than a page alone; every page works without it.
"use strict";

const secret = document.getElementById("secret");
const copy = document.getElementById("copy");

function say(text) {
  const line = document.createElement("p");
  line.className = "notice";
  line.textContent = text;
  document.getElementById("said").replaceChildren(line);
}

if (secret) {
  copy.hidden = false;
  document.querySelector(".plain").hidden = true;
  secret.addEventListener("focus", () => secret.select());
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(secret.value);
      copy.textContent = "Copied";
      say("The token is in the clipboard.");
    } catch {
      secret.select();
      say("Your browser did not allow it: the text is selected, copy it by hand.");
    }
  });
  // Gone before the page is kept for the way back.
  addEventListener("pagehide", () => {
    secret.value = "";
    secret.textContent = "";
  });
}

// A page from the back/forward cache may be another session's.
addEventListener("pageshow", (event) => {
  if (event.persisted) {
    location.reload();
  }
});

for (const form of document.querySelectorAll("form.once")) {
  // Tells the server that the text of a new token will be taken out of the page when it is left.
  const scripts = document.createElement("input");
  scripts.type = "hidden";
  scripts.name = "scripts";
  scripts.value = "true";
  form.append(scripts);
  form.addEventListener("submit", () => {
    const button = form.querySelector("button");
    // After the browser has read the form.
    setTimeout(() => {
      button.disabled = true;
      button.setAttribute("aria-busy", "true");
    });
  });
}

document.getElementById("summary")?.focus();
