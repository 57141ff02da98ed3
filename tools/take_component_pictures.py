"""Write the pictures that the components are compared with: ``python -m tools.take_component_pictures``.

Run it after an intended change of the look, and look at the pictures before you commit them. It needs Chromium.
"""

from __future__ import annotations

from tests.harness.app_server import running_app
from tests.harness.chromium import running_chromium
from tests.harness.component_pictures import (
    COMPONENTS,
    FOLDER,
    GALLERY,
    VIEWS,
    opened_component,
    reference_path,
    show_view,
    take_picture,
)
from tests.harness.paths import SAD_VOICE

# A chart needs this time to be drawn again in another theme or width.
_REDRAWN_MS = 1_200


def main() -> None:
    """Start the gallery and a browser, and write the pictures."""
    FOLDER.mkdir(exist_ok=True)
    with running_app(script=GALLERY) as server, running_chromium(SAD_VOICE) as browser:
        for component in COMPONENTS:
            with opened_component(browser, server.url, component) as page:
                for view in VIEWS:
                    show_view(page, view)
                    page.wait_for_timeout(_REDRAWN_MS)
                    take_picture(page, component).save(reference_path(component, view), optimize=True)


if __name__ == "__main__":
    main()
