### The first page and accessibility

## Accessibility

accessibility-title = Accessibility
accessibility-lead = We want everybody to be able to use these pages. They are made to meet WCAG 2.2 at level AA, and each page is checked with every change.
accessibility-keys = You can do everything with a keyboard alone.
accessibility-size = You can enlarge text to 200 % and use a window 320 pixels wide.
accessibility-dark = The pages follow your device’s light or dark setting, and its contrast theme.
accessibility-script = Everything works without JavaScript.
accessibility-tell = Something does not work for you? Tell whoever runs Pocket Promise in your council.
