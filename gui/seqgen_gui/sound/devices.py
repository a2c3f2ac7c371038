"""Which devices can play, by the names that sounddevice knows them by."""

from __future__ import annotations


def output_names() -> list[str]:
    """Names of the devices with an output; none where sounddevice or PortAudio is missing.

    May take long: PortAudio looks at all hardware when it is first imported.
    """
    try:
        import sounddevice
    except (ImportError, OSError):
        return []
    try:
        systems = [system["name"] for system in sounddevice.query_hostapis()]
        devices = sounddevice.query_devices()
    except sounddevice.PortAudioError:
        return []
    return [
        f"{device['name']}, {systems[device['hostapi']]}"
        for device in devices
        if device["max_output_channels"] > 0
    ]
