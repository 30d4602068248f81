// Shows the OpenAPI documents of this server: a list of routes that open.
"use strict";

const DIALECTS = [
  ["trackingmore-v2", "TrackingMore v2"],
  ["tracktry-v1", "Tracktry v1"],
  ["trackru-v1", "Trackru v1"],
  ["trackingmore-v4", "TrackingMore v4"],
];
const LONGEST_ENUM = 8;

const list = document.getElementById("routes");
const search = document.getElementById("search");
let shown = null;

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  Object.assign(made, attributes);
  made.append(...children);
  return made;
}

function resolved(schema, api) {
  let found = schema ?? {};
  while (found.$ref) found = found.$ref.slice(2).split("/").reduce((at, step) => at[step], api);
  return found;
}

function typeOf(schema, api) {
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.anyOf) return schema.anyOf.map((one) => typeOf(one, api)).join(" or ");
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.slice(0, LONGEST_ENUM).map((one) => JSON.stringify(one)).join(" | ");
  if (schema.type === "array") return "array of " + typeOf(schema.items ?? {}, api);
  return [schema.type ?? "any"].flat().join(" or ");
}

// The rows of an object's members; those of objects within it follow, indented by their path.
function fieldRows(schema, api, path = "", seen = []) {
  const name = schema.$ref;
  if (name && seen.includes(name)) return [];
  const object = resolved(schema, api);
  if (object.anyOf) return object.anyOf.flatMap((one) => fieldRows(one, api, path, seen));
  if (object.type === "array") return fieldRows(object.items ?? {}, api, path + "[]", [...seen, name]);
  return Object.entries(object.properties ?? {}).flatMap(([key, value]) => {
    const at = path ? path + "." + key : key;
    const must = (object.required ?? []).includes(key) ? "" : "optional ";
    const row = element("tr", {},
      element("td", {}, element("code", { textContent: at })),
      element("td", { textContent: must + typeOf(value, api) }),
      element("td", { textContent: value.description ?? "" }));
    return [row, ...fieldRows(value, api, at, [...seen, name])];
  });
}

function section(title, rows) {
  return rows.length ? [element("h3", { textContent: title }), element("table", {}, element("tbody", {}, ...rows))] : [];
}

function exampleOf(verb, path, operation, api) {
  const key = api.components.securitySchemes.key.name;
  const url = location.origin + new URL(api.servers[0].url, location.origin).pathname + path;
  const lines = [`curl -X ${verb.toUpperCase()} '${url}'`, `  -H '${key}: KEY'`];
  if (operation.requestBody) {
    const body = resolved(operation.requestBody.content["application/json"].schema, api);
    const object = resolved(body.type === "array" ? body.items : body, api);
    const given = {};
    for (const field of object.required ?? []) given[field] = field === "carrier_code" || field === "courier_code" ? "sandbox" : "…";
    lines.push(`  -H 'Content-Type: application/json' -d '${JSON.stringify(body.type === "array" ? [given] : given)}'`);
  }
  return lines.join(" \\\n");
}

function answerOf(operation) {
  const schema = operation.responses["200"].content["application/json"].schema;
  return (schema.oneOf ? schema.oneOf[0] : schema).properties.data;
}

function routeOf(verb, path, operation, api) {
  const parameters = (operation.parameters ?? []).map((one) => element("tr", {},
    element("td", {}, element("code", { textContent: one.name })),
    element("td", { textContent: one.in }),
    element("td", { textContent: one.description ?? "" })));
  const body = operation.requestBody?.content["application/json"].schema;
  const answers = Object.entries(operation.responses).map(([status, answer]) => element("tr", {},
    element("td", { textContent: "HTTP " + status }),
    element("td", { className: "lines", textContent: resolved(answer, api).description.replaceAll(/^- /gm, "") }),
    element("td")));
  return element("details", { id: operation.operationId },
    element("summary", {},
      element("b", { className: "verb", textContent: verb.toUpperCase() }),
      element("code", { textContent: path }),
      element("span", { textContent: operation.summary })),
    element("div", { className: "inside" },
      ...(operation.description ? [element("p", { textContent: operation.description })] : []),
      element("pre", { textContent: exampleOf(verb, path, operation, api) }),
      ...section("Parameters", parameters),
      ...section("Body", body ? fieldRows(body, api) : []),
      ...section("data of the answer", fieldRows(answerOf(operation), api)),
      ...section("Answers", answers)));
}

function filter() {
  const wanted = search.value.trim().toLowerCase();
  let found = 0;
  for (const route of list.querySelectorAll("details")) {
    route.hidden = wanted !== "" && !route.textContent.toLowerCase().includes(wanted);
    found += route.hidden ? 0 : 1;
  }
  list.querySelector(".missing")?.remove();
  if (found === 0) list.append(element("p", { className: "missing", textContent: `Nothing here says “${search.value}”.` }));
}

async function show(name) {
  shown = name;
  for (const link of document.querySelectorAll("nav a")) link.toggleAttribute("aria-current", link.hash === "#" + name);
  try {
    const response = await fetch(`/api/openapi/${name}.json`);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const api = await response.json();
    if (shown !== name) return;
    const routes = Object.entries(api.paths).flatMap(([path, verbs]) =>
      Object.entries(verbs).map(([verb, operation]) => routeOf(verb, path, operation, api)));
    const server = element("a", { href: `/api/openapi/${name}.json`, textContent: "OpenAPI document" });
    list.replaceChildren(element("p", {}, api.info.description + " ", server, "."), ...routes);
    filter();
  } catch (error) {
    list.replaceChildren(element("p", { className: "missing", textContent: `The document could not be read: ${error.message}` }));
  }
}

document.getElementById("dialects").append(...DIALECTS.map(([name, title]) =>
  element("a", { href: "#" + name, textContent: title })));
search.addEventListener("input", filter);
const chosen = () => DIALECTS.map(([name]) => name).find((name) => location.hash === "#" + name) ?? DIALECTS[0][0];
addEventListener("hashchange", () => show(chosen()));
show(chosen());
