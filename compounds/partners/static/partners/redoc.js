const place = document.getElementById("document");
Redoc.init(place.dataset.url, { nonce: place.dataset.nonce, disableSearch: true, hideDownloadButton: false }, place);
