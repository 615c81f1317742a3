// Reloads the page when the account has changed. The workbench adds it to its pages; they need it for nothing.
(() => {
  const shown = document.currentScript.dataset.account;
  const often = 2000;
  let wait = often;
  const look = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch("/api/version", { cache: "no-store" });
        if ((await answer.json()).account !== shown) return location.reload();
        wait = often;
      } catch {
        // the workbench has stopped: the page stays readable, and asking grows rarer
        wait = Math.min(2 * wait, 60000);
      }
    }
    setTimeout(look, wait);
  };
  setTimeout(look, wait);
})();
