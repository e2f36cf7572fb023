// Draws the requests of the API, from its own description, into #swagger. Nothing is asked of another host.

const place = document.getElementById("swagger");

window.SwaggerUIBundle({
  domNode: place,
  url: place.dataset.schema,
  validatorUrl: null,
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  supportedSubmitMethods: ["get"],
});
