"""The local gateway: Envoy, told to behave as API Gateway does with the same list of routes.

`configuration` makes Envoy's bootstrap from infra/terraform/openapi.yaml.tftpl. Start it with
`envoy -c FILE --concurrency 1 --disable-hot-restart --file-flush-interval-msec 200 -l warn`.
"""

from emulators.gateway.bootstrap import configuration

__all__ = ["configuration"]
