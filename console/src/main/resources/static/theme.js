// Runs before anything is painted, so that a page chosen dark never flashes white. No module: those run too late.
{
  const chosen = localStorage.getItem('theme')
  if (chosen === 'light' || chosen === 'dark') {
    document.documentElement.dataset.theme = chosen
  }
}
