const place = document.getElementById("document");
SwaggerUIBundle({ url: place.dataset.url, domNode: place, deepLinking: true, defaultModelsExpandDepth: 0 });
