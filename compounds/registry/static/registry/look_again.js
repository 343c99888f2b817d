/* A page about work in the background looks again while the work goes on, and rests while nobody looks at it. */
(() => {
  const WAIT = 4000;
  const again = () => (document.hidden ? setTimeout(again, WAIT) : window.location.reload());
  setTimeout(again, WAIT);
})();
