// Passkeys: fetched by balai.mjs when somebody asks for one. The form is sent with the browser's answer as JSON in its
// field "credential".

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

async function ask(form) {
  const from = form.dataset.options ?? form.action;
  const answer = await fetch(from, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  const options = { publicKey: understood((await answer.json()).publicKey) };
  return navigator.credentials[form.dataset.passkey](options);
}

/** Ask for a passkey (data-passkey="get") or make one ("create"), and send `form` with it. */
export async function send(form) {
  const failed = form.querySelector("[data-failed]");
  const button = form.querySelector("button");
  const field = form.elements.credential ?? document.createElement("input");
  Object.assign(field, { type: "hidden", name: "credential" });
  form.append(field);
  if (failed) failed.hidden = true;
  button.disabled = true;
  try {
    field.value = JSON.stringify(written(await ask(form)));
  } catch {
    button.disabled = false;
    if (failed) {
      failed.hidden = false;
      return;
    }
  }
  form.submit(); // without an answer the page itself says what to do
}
