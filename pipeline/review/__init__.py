"""The review page: a person checks facts against the picture of the paper, and says what is right.

Served by one process on the loopback, rendered on the server, with nothing fetched from anywhere else. `app.py` puts
it together; what people say goes through `pipeline.corrections`.
"""
