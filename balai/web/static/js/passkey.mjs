// Passkeys: asks the phone or computer for one (data-passkey="get") or makes one ("create"), and sends the form
// with the answer as JSON in its field "credential". Without WebAuthn the button stays hidden.

const form = document.querySelector("form[data-passkey]");
const button = form.querySelector("button");

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function understood(options) {
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const list of [options.excludeCredentials, options.allowCredentials]) {
    for (const item of list ?? []) item.id = bytes(item.id);
  }
  return options;
}

function written(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

async function ask() {
  const answer = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  const options = { publicKey: understood((await answer.json()).publicKey) };
  return navigator.credentials[form.dataset.passkey](options);
}

if (globalThis.PublicKeyCredential) {
  button.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    form.querySelector("[data-failed]").hidden = true;
    button.disabled = true;
    try {
      form.elements.credential.value = JSON.stringify(written(await ask()));
      form.submit();
    } catch {
      form.querySelector("[data-failed]").hidden = false;
      button.disabled = false;
    }
  });
} else {
  form.querySelector("[data-unable]")?.removeAttribute("hidden");
}
