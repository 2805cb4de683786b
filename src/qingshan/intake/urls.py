"""Addresses of the review of incoming documents."""

from django.urls import path

from qingshan.intake.views import conflicts, deciding, editing, entering, head, incoming, review

app_name = "intake"
urlpatterns = [
    path("", incoming.incoming, name="incoming"),
    path("<int:pk>/", review.review, name="review"),
    path("<int:pk>/resume", review.resume, name="resume"),
    path("<int:pk>/head", head.head, name="head"),
    path("<int:pk>/enter", entering.enter, name="enter"),
    path("<int:pk>/unchanged", entering.accept_unchanged, name="accept_unchanged"),
    path("<int:pk>/add", editing.add, name="add"),
    path("<int:pk>/undo", deciding.undo, name="undo"),
    path("<int:pk>/withdraw", incoming.withdraw, name="withdraw"),
    path("<int:pk>/reopen", incoming.reopen, name="reopen"),
    path("findings/<int:pk>/", review.card, name="card"),
    path("findings/<int:pk>/edit", editing.edit, name="edit"),
    path("findings/<int:pk>/split", editing.split, name="split"),
    path("findings/<int:pk>/merge", editing.merge, name="merge"),
    path("findings/<int:pk>/above", deciding.accept_above, name="accept_above"),
    path("findings/<int:pk>/<slug:move>", deciding.decide, name="decide"),
    path("conflicts/<int:pk>/", conflicts.card, name="conflict"),
    path("conflicts/<int:pk>/settle", conflicts.settle, name="settle"),
]
