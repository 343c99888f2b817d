/* The boxes of choices that the admin draws over a select take over the name of the select's label. */
if (window.django && django.jQuery) django.jQuery(function () {
  Array.prototype.forEach.call(document.querySelectorAll(".select2-selection"), function (box) {
    var select = box.closest(".select2-container").previousElementSibling;
    var label = select && document.querySelector('label[for="' + select.id + '"]');
    var shown = box.querySelector(".select2-selection__rendered");
    if (!label) return;
    box.removeAttribute("aria-labelledby");
    [box, shown].forEach(function (part) {
      if (part) part.setAttribute("aria-label", label.textContent.trim().replace(/[:：]$/, ""));
    });
  });
});
